"""Made-up words, so that generated rows share nothing but what their generator means them to share."""

_CONSONANTS = "bcdfghjklmnprstvwz"
_VOWELS = "aeiou"


def made_word(rng, length):
    """A pronounceable word of `length` letters, consonant and vowel in turn, drawn from `rng`."""
    letters = (_CONSONANTS, _VOWELS)
    return "".join(rng.choice(letters[position % 2]) for position in range(length))
