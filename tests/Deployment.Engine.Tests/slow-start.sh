# Run by PostgreSQL's image when it makes the database, before the server takes connections: the database is slow to become ready.
sleep 6
