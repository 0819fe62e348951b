"""Where letters lie on a keyboard: which are beside each other, and what a key gives in the other layout."""

from itertools import product

#: Rows of keys, the upper one first, as each layout has them; a key lies half over the next two of the row below.
LATIN = ("`1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
RUSSIAN = ("ё1234567890-=", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю.")
#: The same keys with Shift; of the digits' row, what is typed in queries.
LATIN_SHIFTED = ("~@#$^&", "QWERTYUIOP{}", 'ASDFGHJKL:"', "ZXCVBNM<>?")
RUSSIAN_SHIFTED = ('Ё"№;:?', "ЙЦУКЕНГШЩЗХЪ", "ФЫВАПРОЛДЖЭ", "ЯЧСМИТЬБЮ,")


def _table(froms: tuple[str, ...], to: tuple[str, ...]) -> dict[int, int]:
    return str.maketrans("".join(froms), "".join(to))


#: For `str.translate`: what would have been typed, had the layout been the other one.
TO_RUSSIAN = _table(LATIN + LATIN_SHIFTED, RUSSIAN + RUSSIAN_SHIFTED)
TO_LATIN = _table(RUSSIAN + RUSSIAN_SHIFTED, LATIN + LATIN_SHIFTED)


def _neighbours(rows: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """Pairs of letters, both ways, whose keys touch."""
    places = {letter: (row, column) for row, keys in enumerate(rows) for column, letter in enumerate(keys)}
    pairs = set()
    for (one, (row, column)), (other, (other_row, other_column)) in product(places.items(), repeat=2):
        beside = row == other_row and abs(column - other_column) == 1
        below = other_row == row + 1 and other_column in {column, column - 1}
        if one.isalpha() and other.isalpha() and (beside or below):
            pairs |= {(one, other), (other, one)}
    return frozenset(pairs)


#: The digits' row is a key further to the left, and holds no letter but «ё», which is folded to «е».
NEIGHBOURS = _neighbours(RUSSIAN[1:]) | _neighbours(LATIN[1:])
