/// Counts over a run of letters and digits that say whether it is a code.
struct CodeStats {
    private var letters = 0
    private var lower = 0
    private var digits = 0
    private var groupDigits = 0
    private var groupLength = 0
    private var groupChanges = 0
    private var lastWasDigit = false
    private var hasMixedGroup = false
    private var hasLongNumber = false
    private var startsWithDigit: Bool?

    mutating func add(_ byte: UInt8) {
        let isDigit = byte < 0x3A
        if startsWithDigit == nil { startsWithDigit = isDigit }
        if groupLength > 0, isDigit != lastWasDigit { groupChanges &+= 1 }
        groupLength &+= 1
        lastWasDigit = isDigit
        if isDigit {
            digits &+= 1
            groupDigits &+= 1
        } else {
            letters &+= 1
            if byte > 0x60 { lower &+= 1 }
        }
    }

    mutating func endGroup() {
        if groupChanges >= 2, groupDigits >= 3, groupLength >= 5 { hasMixedGroup = true }
        if groupDigits >= 5 { hasLongNumber = true }
        groupDigits = 0
        groupLength = 0
        groupChanges = 0
        groups &+= 1
    }

    private var groups = 0

    var isCode: Bool {
        guard letters > 0, digits > 0, letters &+ digits >= 5 else { return false }
        if hasMixedGroup { return true }
        // `100000USD` and `65536KB` are amounts: a digit-first single group needs a longer tail of letters.
        if startsWithDigit == true, groups == 1 { return hasLongNumber && letters > 3 && lower == 0 }
        if startsWithDigit == true, lower > 0, !hasMixedGroup { return hasLongNumber && groups > 2 }
        return hasLongNumber || (digits >= 3 && lower == 0)
    }
}
