"""One declaration for each kind of file. Whatever stands in this folder is found; there is no list to keep."""
