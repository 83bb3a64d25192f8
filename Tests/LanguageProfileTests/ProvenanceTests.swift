import Corpus
import Shards
import Testing

@testable import LanguageProfile

/// Where a row may say its source and licence.
@Suite struct ProvenanceTests {
    @Test(arguments: [
        (#"{"text": "a"}"#, false, false),
        (#"{"source": "desk", "licence": "MIT"}"#, true, true),
        (#"{"Source": "desk", "LICENSE": ["MIT"]}"#, true, true),
        (#"{"metadata": {"source": "desk", "n": 1}}"#, true, false),
        (#"{"meta": {"info": {"license": {"name": "MIT"}}}}"#, false, true),
        (#"{"a": {"b": {"c": {"source": "too deep"}}}}"#, false, false),
        (#"{"source": "", "license": null, "origin": [], "rights": {}}"#, false, false),
        (#"{"messages": [{"role": "user", "source": "a message says it"}]}"#, false, false),
        (#"{"sourceless": 1, "open_source": true}"#, false, false),
        (#"{"dataset": 7, "spdx": "MIT"}"#, true, true),
        (#"["source"]"#, false, false),
    ])
    func `a row says`(_ row: String, _ hasSource: Bool, _ hasLicence: Bool) {
        let decoder = RowDecoder(limits: ReadLimits())
        // Readable bytes must follow a row.
        let padded = Array(row.utf8) + [UInt8](repeating: 0, count: 64)
        padded.withUnsafeBytes { bytes in
            decoder.withDecoded(UnsafeRawBufferPointer(rebasing: bytes[..<row.utf8.count])) { decoded in
                guard case .value(let node) = decoded else {
                    Issue.record("\(row) is not read")
                    return
                }
                let found = Provenance(node)
                #expect(found.hasSource == hasSource && found.hasLicence == hasLicence, "\(row)")
            }
        }
    }
}
