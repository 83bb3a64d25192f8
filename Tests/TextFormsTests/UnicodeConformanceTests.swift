import CICU
import Foundation
import Testing

@testable import TextForms

/// The Unicode consortium's own test files (Debian's package unicode-data): what the file expects of a text, whatever
/// ICU says. Lines with code points that this ICU does not know yet are passed over.
@Suite struct UnicodeConformanceTests {
    private static let folder = "/usr/share/unicode"

    /// The lines of a file, or of its `.bz2`; `nil` with a printed line where there is none.
    private static func lines(_ name: String) throws -> [Substring]? {
        let path = "\(folder)/\(name)"
        if let data = FileManager.default.contents(atPath: path) {
            return String(decoding: data, as: UTF8.self).split(separator: "\n")
        }
        guard FileManager.default.fileExists(atPath: path + ".bz2") else {
            print("skipped: \(path) is not there; install the package unicode-data")
            return nil
        }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/bzip2")
        process.arguments = ["-dc", path + ".bz2"]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
    }

    private static func points(_ text: some StringProtocol) -> [UInt32] {
        text.split(separator: " ").compactMap { UInt32($0, radix: 16) }
    }

    private static func units(_ points: [UInt32]) -> [UInt16] {
        points.flatMap { point in Unicode.Scalar(point).map { Array(String(Character($0)).utf16) } ?? [] }
    }

    /// Code points that ICU knows, by number.
    private static let assigned: [Bool] = {
        let table = UnsafeMutablePointer<Bool>.allocate(capacity: 0x110000)
        table.initialize(repeating: false, count: 0x110000)
        defer { table.deallocate() }
        cicu_each_category(
            { context, first, limit, category in
                guard category != 0, let context else { return 1 }
                let table = UnsafeMutableRawPointer(mutating: context).assumingMemoryBound(to: Bool.self)
                for point in first..<limit { table[Int(point)] = true }
                return 1
            }, table)
        return Array(UnsafeBufferPointer(start: table, count: 0x110000))
    }()

    private static func isKnown(_ points: [UInt32]) -> Bool { points.allSatisfy { assigned[Int($0)] } }

    @Test func `NormalizationTest through our ICU calls and the normaliser`() throws {
        guard let lines = try Self.lines("NormalizationTest.txt") else { return }
        let oracle = try NormalFormOracle()
        let tests = try TextNormalizerTests()
        var singles = Set<UInt32>()
        var count = 0
        var part = ""
        for line in lines where !line.hasPrefix("#") {
            if line.hasPrefix("@") {
                part = String(line.prefix(6))
                continue
            }
            let columns = line.split(separator: ";").prefix(5).map(Self.points)
            guard columns.count == 5, columns.allSatisfy(Self.isKnown) else { continue }
            if part == "@Part1" { singles.insert(columns[0][0]) }
            let expected = Self.units(columns[3])
            for column in columns {
                #expect(oracle.normalized(Self.units(column)) == expected, "\(line)")
                #expect(tests.form(TextNormalizerTests.utf8(column)) == oracle.folded(expected), "\(line)")
            }
            count += 1
        }
        #expect(count > 15_000)
        // What the first part does not list is its own normal form.
        var failures = 0
        for point in UInt32(0)..<0x110000 where Self.assigned[Int(point)] && !singles.contains(point) {
            guard Unicode.Scalar(point) != nil else { continue }
            let units = Self.units([point])
            if oracle.normalized(units) != units { failures += 1 }
        }
        #expect(failures == 0)
    }

    /// Code points of the word break classes whose runs are words: letters, numbers, Katakana.
    private static func wordPoints() throws -> Set<UInt32>? {
        guard let lines = try lines("auxiliary/WordBreakProperty.txt") else { return nil }
        var points = Set<UInt32>()
        for line in lines where !line.hasPrefix("#") {
            let fields = line.prefix { $0 != "#" }.split(separator: ";").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard fields.count == 2, ["ALetter", "Hebrew_Letter", "Numeric", "Katakana"].contains(fields[1])
            else {
                continue
            }
            let ends = fields[0].components(separatedBy: "..").compactMap { UInt32($0, radix: 16) }
            points.formUnion(ends[0]...ends[ends.count - 1])
        }
        return points
    }

    @Test func `WordBreakTest through lexical words`() throws {
        guard let lines = try Self.lines("auxiliary/WordBreakTest.txt"), let letters = try Self.wordPoints()
        else { return }
        let reader = try LexicalReader(breaksUnspaced: true)
        var count = 0
        for line in lines where !line.hasPrefix("#") {
            let test = line.prefix { $0 != "#" }
            var pieces: [[UInt32]] = []
            for field in test.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
                if field == "÷" {
                    pieces.append([])
                } else if let point = UInt32(field, radix: 16) {
                    pieces[pieces.count - 1].append(point)
                }
            }
            // ICU's rules are CLDR's, by which the colon joins no letters.
            guard pieces.allSatisfy(Self.isKnown), !pieces.joined().contains(0x3A) else { continue }
            var bytes: [UInt8] = []
            var all: [Range<Int>] = []
            var words: [Range<Int>] = []
            for piece in pieces where !piece.isEmpty {
                let start = bytes.count
                bytes += TextNormalizerTests.utf8(piece)
                all.append(start..<bytes.count)
                // A letter that is joined with a sign (U+1F6D1) is no word for ICU.
                if piece.contains(where: letters.contains), !piece.contains(0x1F6D1) {
                    words.append(start..<bytes.count)
                }
            }
            let found = LexicalReaderTests.words(bytes, reader)
            #expect(found.allSatisfy(all.contains), "\(line)")
            #expect(words.allSatisfy(found.contains), "\(line)")
            count += 1
        }
        #expect(count > 1_000)
    }
}
