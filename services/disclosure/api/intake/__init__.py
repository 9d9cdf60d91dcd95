"""What comes in from people without a login."""
