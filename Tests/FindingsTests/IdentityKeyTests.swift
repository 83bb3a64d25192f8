import Foundation
import TestSupport
import Testing

@testable import Findings

@Suite struct IdentityKeyTests {
    private func key(_ bytes: [UInt8], mode: Int = 0o600) throws -> IdentityKey {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = folder.appendingPathComponent("key")
        try Data(bytes).write(to: place)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: place.path)
        return try IdentityKey(path: place.path)
    }

    /// RFC 4231, test case 1.
    @Test func `codes are HMAC-SHA256, line breaks behind the key left out`() throws {
        let secret = [UInt8](repeating: 0x0B, count: 20)
        let code = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        #expect(try key(secret).code(of: Array("Hi There".utf8)) == code)
        #expect(try key(secret + [0x0D, 0x0A]).code(of: Array("Hi There".utf8)) == code)
    }

    @Test(arguments: [([], 0o600), ([UInt8](repeating: 7, count: 15), 0o600), ([0x0A, 0x0A], 0o600)])
    func `a short key is refused`(_ bytes: [UInt8], _ mode: Int) {
        #expect(throws: FindingsError.self) { try key(bytes, mode: mode) }
    }

    @Test(arguments: [0o640, 0o604, 0o622])
    func `a key that others may read is refused`(_ mode: Int) {
        #expect(throws: FindingsError.self) { try key([UInt8](repeating: 7, count: 32), mode: mode) }
    }
}
