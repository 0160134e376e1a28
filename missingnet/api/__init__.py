"""Who asks and why, by HTTP, page or command line; everything else is delegated to the other rooms."""
