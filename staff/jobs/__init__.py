"""Jobs: asked for on a page, run by a worker of their own, their progress shown until they are done."""
