/// `run.json`: what was run on what, and what came out, without anything that differs between two runs of the
/// same inputs and configuration.
package struct RunManifest: Sendable, Equatable, Codable {
    package struct Component: Sendable, Equatable, Codable {
        package var name: String
        package var version: String

        package init(name: String, version: String) {
            self.name = name
            self.version = version
        }
    }

    package struct Input: Sendable, Equatable, Codable {
        /// The role of its corpus: `training`, `against`, …
        package var corpus = "training"
        /// The shard's name.
        package var name = ""
        package var bytes = 0
        package var sha256 = ""
        package var rows = 0
        package var quarantined = 0
        package var state = ShardState.complete

        package init() {}
    }

    package struct Output: Sendable, Equatable, Codable {
        package var name: String
        package var bytes: Int
        package var sha256: String

        package init(name: String, digest: FileDigest) {
            self.name = name
            bytes = digest.bytes
            sha256 = digest.sha256
        }
    }

    package struct RowSets: Sendable, Equatable, Codable {
        /// 32 hexadecimal digits; see `RowSetDigest`.
        package var kept = RowSetDigest().hexadecimal
        package var removed = RowSetDigest().hexadecimal

        package init() {}
    }

    package static let currentSchemaVersion = 1

    package var schemaVersion = Self.currentSchemaVersion
    /// The verb: `dedup`, `scan`.
    package var command = ""
    package var tool = Component(name: "assay", version: "")
    /// Libraries and data that can change a result: ICU, Unicode, simdjson, zstd, SQLite, word lists.
    package var components: [Component] = []
    /// Only what can change a result.
    package var configuration = JSONValue.object([:])
    /// SHA-256 of `configuration` in its canonical text.
    package private(set) var configurationSHA256 = ""
    package var complete = true
    package var inputs: [Input] = []
    package var outputs: [Output] = []
    package var rowSetDigest = RowSets()

    package init() {}

    /// SHA-256 of the configuration as it is now, in hexadecimal.
    package var configurationDigest: String {
        configuration.bytes.withUnsafeBytes { FileDigest(of: $0).sha256 }
    }

    /// The file's bytes, with outputs in order of their names and the configuration's digest.
    ///
    /// - Throws: nothing that a manifest can cause.
    package func encoded() throws -> [UInt8] {
        var manifest = self
        manifest.outputs.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        manifest.configurationSHA256 = configurationDigest
        return try JSONBytesEncoder.encode(manifest)
    }

    /// Reads the manifest of a run.
    ///
    /// - Throws: `fileSystem`; `damaged`, also for another schema version and for a configuration that does not
    ///   have the digest it is given with.
    package init(run folder: String) throws {
        let path = "\(folder)/\(RunFile.manifest.name)"
        self = try RunDocument.read(RunManifest.self, path: path)
        guard schemaVersion == Self.currentSchemaVersion else {
            throw FindingsError(
                .damaged, "has schema version \(schemaVersion), not \(Self.currentSchemaVersion)", place: path
            )
        }
        guard configurationDigest == configurationSHA256 else {
            throw FindingsError(.damaged, "the configuration was changed; scan the corpus again", place: path)
        }
    }

    /// The digest of an output; of `.plan` it is the plan digest.
    package func digest(of file: RunFile) -> FileDigest? {
        outputs.first { $0.name == file.name }.map { FileDigest(bytes: $0.bytes, sha256: $0.sha256) }
    }

    /// Names of outputs whose file is missing or does not have its digest.
    ///
    /// - Complexity: O(bytes of the outputs).
    package func changedOutputs(run folder: String) -> [String] {
        outputs.filter { output in
            let digest = try? FileDigest(ofFile: "\(folder)/\(output.name)")
            return digest != FileDigest(bytes: output.bytes, sha256: output.sha256)
        }.map(\.name)
    }
}
