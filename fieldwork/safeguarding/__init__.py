"""What somebody must look at: raised, told of, looked at, reached, closed."""
