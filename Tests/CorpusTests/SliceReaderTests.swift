import Corpus
import Testing

/// Values of fields, read in one go, against those of each path by itself.
@Suite struct SliceReaderTests {
    private static let paths = ["a", "b.c", "a", "b", "d.e.f", "list", "list.x", "missing", ""]

    @Test(arguments: [
        #"{"a":"one","b":{"c":"two"},"d":{"e":{"f":3}}}"#,
        #"{"a":"first","z":1,"a":"last"}"#,
        #"{"a":null,"b":[{"c":"x"},{"c":null},{"c":["y","z"]}]}"#,
        #"{"list":[{"x":1},{"x":2.5},"bare",[{"x":true}]],"b":"plain"}"#,
        #"{"d":{"e":[{"f":"p"},{"f":"q"}]},"a":["one","two"]}"#,
        #"{"a":{"nested":"object"},"":"no name"}"#,
        #"[{"a":"one"},{"a":"two","b":{"c":"three"}}]"#,
        #""text""#, "{}", "7",
    ])
    func `values are those of each path`(json: String) throws {
        try MappedRow.decode(json) { row in
            var expected: [UInt8] = []
            for (dimension, path) in Self.paths.enumerated() {
                row.forEachValue(at: FieldPath(path)) { value in
                    if value.isNull { return }
                    var text: [UInt8] = []
                    value.appendText(to: &text)
                    SliceSet.append(dimension: dimension, value: text, to: &expected)
                }
            }
            var reader = SliceReader(Self.paths.map { FieldPath($0) })
            var values: [UInt8] = [1]
            for _ in 0..<2 {
                reader.read(row, into: &values)
                #expect(values == expected)
            }
        }
    }
}
