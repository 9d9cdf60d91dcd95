"""What may have happened in this service (private facts), one file per aggregate."""
