/// How alike the rows of a unit are: sums over units for the intraclass correlation by analysis of variance, and the
/// design effect that follows from it (Kish, Survey Sampling, 1965, sections 5.4 and 8.2; Donner, International
/// Statistical Review 54, 1986).
///
/// The linearised variance of a ratio sees the rows of the units that have something: three small units of forty say
/// little of what the large ones could have done. Where no unit has rows of both kinds, a unit is one draw, whatever
/// its size.
struct UnitLikeness {
    private var units = 0.0
    private var rows = 0.0
    private var hits = 0.0
    /// Sums over units: of the square of rows, and of the square of hits by rows.
    private var rowsSquared = 0.0
    private var hitsSquaredByRows = 0.0

    /// Adds a unit.
    mutating func add(hits own: Double, rows their: Double) {
        guard their > 0 else { return }
        units += 1
        rows += their
        hits += own
        rowsSquared += their * their
        hitsSquaredByRows += own * own / their
    }

    /// Adds rows, or the turns of rows, that are draws of their own, each as a unit.
    mutating func addSingle(hits own: Int, rows their: Int) {
        units += Double(their)
        rows += Double(their)
        hits += Double(own)
        rowsSquared += Double(their)
        hitsSquaredByRows += Double(own)
    }

    /// The variance of a share over that of as many independent rows; at least 1.
    var designEffect: Double {
        guard units > 1, rows > units else { return 1 }
        let between = (hitsSquaredByRows - hits * hits / rows) / (units - 1)
        let within = (hits - hitsSquaredByRows) / (rows - units)
        let size = (rows - rowsSquared / rows) / (units - 1)
        let total = between + (size - 1) * within
        guard total > 0 else { return 1 }
        let correlation = min(1, max(0, (between - within) / total))
        return 1 + (rowsSquared / rows - 1) * correlation
    }
}
