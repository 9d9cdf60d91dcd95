-- On a server that serves nobody but Iron Abacus: the databases that every server has are no
-- meeting place. Only superusers may connect to them. Harmless when repeated.
REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC;
