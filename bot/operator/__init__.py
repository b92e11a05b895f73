"""What the operator asks for at the command line, done here or by the process that has the library open."""
