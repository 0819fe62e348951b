"""Nothing acknowledged is lost, whatever falls: see `__main__`."""
