"""What may be asked of this service, one file per aggregate."""
