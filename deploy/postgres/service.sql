-- The database of one service and who may do what in it. Run by a superuser with the psql
-- variables service, owner_password, app_password and worker_password; harmless when repeated.
--
--   <service>_owner      owns the tables; only migrations and rebuilds log in as it
--   <service>_app        what the api logs in as: appends facts, reads everything
--   <service>_sequencer  may number facts; nobody logs in as it
--   <service>_worker     what the worker logs in as: app and sequencer together
\set owner :service _owner
\set app :service _app
\set sequencer :service _sequencer
\set worker :service _worker

SELECT format('CREATE ROLE %I NOLOGIN', name)
  FROM unnest(ARRAY[:'owner', :'app', :'sequencer', :'worker']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE :"owner" LOGIN PASSWORD :'owner_password';
ALTER ROLE :"app" LOGIN PASSWORD :'app_password';
ALTER ROLE :"worker" LOGIN PASSWORD :'worker_password';
GRANT :"app", :"sequencer" TO :"worker";

-- A transaction that its service forgot must not hold the others up.
ALTER ROLE :"app" SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE :"worker" SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE :"app" SET lock_timeout = '10s';

SELECT format('CREATE DATABASE %I OWNER %I', :'service', :'owner')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'service') \gexec

REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"service" TO :"app", :"worker";
