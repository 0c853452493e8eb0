"""The only code that opens a connection: address policy, resolver, client, politeness."""
