"""Words that stand in every text and find nothing. Titles keep them; a query of them alone still finds titles."""

STOPWORDS = frozenset(
    """
    а без бы в во вот для до если же за и из или их к как ко ли между на над не ни но о об обо от ото перед по под
    при про с со так также то тоже у уже чем что чтобы это эта этот эти
    a an and as at by for from in is of on or the to with
    """.split()  # noqa: SIM905 - reads as what it is
)
