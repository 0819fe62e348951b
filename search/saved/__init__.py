"""Searches that people keep: asked again at a press, or each morning by the portal, which tells what is new."""
