"""Meaning: embeddings of documents, made by the worker, and of queries, made while somebody waits.

A document's embedding goes with the text it was made of: whoever changes the text takes it away in the same
transaction, and the worker makes the next one. So what has none is exactly what lacks one.
"""

from .embedding import ask_for_embeddings, embed_missing
from .encoder import available, encode, installed
from .stored import forget, forget_changed, forget_stale

__all__ = [
    "ask_for_embeddings",
    "available",
    "embed_missing",
    "encode",
    "forget",
    "forget_changed",
    "forget_stale",
    "installed",
]
