"""How web services are asked, whichever they are: who asks, one request at a time, few tries, and long waits.

`transport` sends one request and reads its answer whole, into memory or a file; `manners` asks again where
that may help, and leaves a service alone that wants it; `redirects` says where an answer may send us.
"""
