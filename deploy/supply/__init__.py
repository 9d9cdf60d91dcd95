"""What the system is made of besides our own code: pins, licences, parts list, known holes."""
