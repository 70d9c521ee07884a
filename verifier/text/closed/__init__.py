"""Reading a claim against tables that are all there is to know, where no phrasing was found in it."""
