"""Whether search finds what was meant, beside stock Wagtail: see `__main__`."""
