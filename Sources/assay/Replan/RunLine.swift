import Findings
import Glibc

/// A line of a run's evidence files, taken apart at its top-level keys without parsing the rest.
///
/// The lines are our own, without white space: a quote inside a string is escaped, so that `,"cluster":` stands
/// nowhere but between two keys.
struct RunLine {
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The row's reference: shard, ordinal, ids.
    var row: ArraySlice<UInt8>? { value(after: "{\"row\":", before: [",\"keeper\":", ",\"cluster\":"]) }

    /// Of a casualty or a keeper; the last key of a keeper's line without text.
    var slices: ArraySlice<UInt8>? {
        guard let start = find(",\"slices\":", from: 0) else { return nil }
        return value(after: ",\"slices\":", before: [",\"rule\":", ",\"raw\":"])
            ?? ArraySlice(bytes[(start + 10)..<(bytes.count - 1)])
    }

    /// The row's bytes as a JSON string; `nil` where the run stores none.
    var raw: ArraySlice<UInt8>? {
        guard let start = find(",\"raw\":", from: 0), bytes.count > start + 7 else { return nil }
        return ArraySlice(bytes[(start + 7)..<(bytes.count - 1)])
    }

    /// Where the text of a quarantined row begins, with its key.
    var quarantinedRawStart: Int? { find(",\"raw\":", from: 0) ?? find(",\"rawBase64\":", from: 0) }

    /// The hash of the row's normal form.
    var textID: UInt128? { identifier(",\"textId\":\"") }
    /// The hash of the row's bytes.
    var id: UInt128? { identifier(",\"id\":\"") }

    /// The line with another cluster, or none, and without text if that is asked for.
    func with(cluster: Int?, holdsRaw: Bool) -> [UInt8]? {
        var line: [UInt8] = []
        line.reserveCapacity(bytes.count + 8)
        var rest = 0
        if let start = find(",\"cluster\":", from: 0) {
            line.append(contentsOf: bytes[..<start])
            rest = start + 11
            while rest < bytes.count, (0x30...0x39).contains(bytes[rest]) { rest += 1 }
        } else {
            guard let start = find(",\"slices\":", from: 0) else { return nil }
            line.append(contentsOf: bytes[..<start])
            rest = start
        }
        if let cluster { line.append(contentsOf: ",\"cluster\":\(cluster)".utf8) }
        if !holdsRaw, let raw = find(",\"raw\":", from: rest) {
            line.append(contentsOf: bytes[rest..<raw])
            line.append(UInt8(ascii: "}"))
        } else {
            line.append(contentsOf: bytes[rest...])
        }
        return line
    }

    private func identifier(_ key: StaticString) -> UInt128? {
        guard let start = find(key, from: 0) else { return nil }
        let first = start + key.utf8CodeUnitCount
        guard first + 32 <= bytes.count else { return nil }
        return UInt128(hexadecimal: UnsafeRawBufferPointer(rebasing: bytes[first..<first + 32]))
    }

    private func value(after start: StaticString, before ends: [StaticString]) -> ArraySlice<UInt8>? {
        guard let place = find(start, from: 0) else { return nil }
        let first = place + start.utf8CodeUnitCount
        guard let end = ends.compactMap({ find($0, from: first) }).min() else { return nil }
        return ArraySlice(bytes[first..<end])
    }

    private func find(_ text: StaticString, from start: Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let count = text.utf8CodeUnitCount
        let last = bytes.count - count
        var at = start
        while at <= last, let found = memchr(base + at, Int32(text.utf8Start[0]), last - at + 1) {
            at = UnsafeRawPointer(found) - base
            if memcmp(base + at, text.utf8Start, count) == 0 { return at }
            at += 1
        }
        return nil
    }
}
