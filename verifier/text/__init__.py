"""From a document to claims, and from claims to triples."""
