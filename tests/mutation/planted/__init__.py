"""A small purse with stories that see everything, and others that see too little."""
