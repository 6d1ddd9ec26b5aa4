"""The contract between the services, and how every service runs. Nothing else lives here."""
