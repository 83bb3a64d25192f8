"""The corpus in the making: rows, and the truth about those that were planted."""

from .similarity import containment, similarity, turns

THRESHOLD = 0.8
# Margin kept on both sides of the threshold, so that no pair hangs on one shingle.
CLEARLY_NEAR = 0.82
CLEARLY_APART = 0.78
CONTAINED = 0.9


class Truth:
    """What a scan must say of `row`, against `partner` where there is one."""

    def __init__(self, defect, row, partner, expected, difference):
        self.defect = defect
        self.row = row
        self.partner = partner
        self.expected = expected
        self.difference = difference


class Corpus:
    """Rows and truths in order of writing; `first` and `macros` are rows with a place of their own."""

    def __init__(self):
        self.rows = []
        self.truths = []
        self.first = []
        self.macros = []

    def add(self, *rows):
        """Take rows that carry no truth; returns the first."""
        self.rows.extend(rows)
        return rows[0]

    def plant(self, defect, row, partner, expected, difference=""):
        """Record a truth after checking that the pair's exact similarity bears it out."""
        truth = Truth(defect, row, partner, expected, difference)
        if partner is not None and row.raw is None:
            check(truth)
        self.truths.append(truth)

    def plant_pair(self, defect, row, partner, expected, difference=""):
        """Add both rows and record the truth."""
        self.add(row, partner)
        self.plant(defect, row, partner, expected, difference)


def check(truth):
    """Raise ValueError unless the rows' exact similarity fits what the truth expects of them."""
    left, right = truth.row.fields, truth.partner.fields
    near = similarity(left, right)
    same = turns(left) == turns(right)
    fits = {
        "identical": same,
        "exact": same,
        "near": near >= CLEARLY_NEAR and not same,
        "contained": containment(left, right) >= CONTAINED and near < CLEARLY_APART,
        "prefix": turns(right)[:len(turns(left))] == turns(left) and near < CLEARLY_APART,
        "kept": near < CLEARLY_APART,
    }.get(truth.expected, near >= CLEARLY_NEAR)
    if not fits:
        raise ValueError("%s: similarity %.3f does not fit %s" % (truth.defect, near, truth.expected))
