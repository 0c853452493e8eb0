-- The two roles and the database. Run by psql as a superuser, as often as you like:
-- by the embedded servers (config/local/), by docker-compose.yml (initdb), or by hand (docs/operations.md).
--
-- tamroi_owner owns the database and its tables and is used by `migrate` alone.
-- tamroi_app is what web, worker and beat connect as. It owns nothing, so it can neither change a table nor switch off
-- a trigger, and it may not TRUNCATE.
\set ON_ERROR_STOP on
\getenv owner_password TAMROI_OWNER_PASSWORD
\getenv app_password TAMROI_APP_PASSWORD

SELECT 'CREATE ROLE tamroi_owner' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tamroi_owner') \gexec
SELECT 'CREATE ROLE tamroi_app' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tamroi_app') \gexec
-- CREATEDB is for tests, which clone a migrated database.
ALTER ROLE tamroi_owner LOGIN CREATEDB NOSUPERUSER NOCREATEROLE PASSWORD :'owner_password';
ALTER ROLE tamroi_app LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE PASSWORD :'app_password';

-- Default privileges belong to a database. In template1 they reach every database created later.
\connect template1
ALTER DEFAULT PRIVILEGES FOR ROLE tamroi_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tamroi_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tamroi_owner GRANT USAGE ON SEQUENCES TO tamroi_app;

SELECT 'CREATE DATABASE tamroi OWNER tamroi_owner'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'tamroi') \gexec
