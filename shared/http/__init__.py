"""HTTP conventions, once for all services: `interfaces` §1 of the product."""
