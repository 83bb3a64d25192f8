import Corpus
import Findings
import Shards

/// A finished run's folder, opened to be judged, explained or applied.
struct StoredRun {
    /// As it stands on the command line, without a slash at its end.
    let path: String
    let manifest: RunManifest
    let summary: RunSummary

    /// A run whose files are not all there yet.
    init(path: String, manifest: RunManifest, summary: RunSummary) {
        self.path = path
        self.manifest = manifest
        self.summary = summary
    }

    /// - Throws: `FindingsError`, also where the summary is not the one that the run wrote.
    init(_ path: String) throws {
        var path = path
        while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        manifest = try RunManifest(run: path)
        summary = try RunSummary(run: path)
        try check(.summary)
    }

    /// Holds an output against the digest that the run gave it.
    ///
    /// - Throws: `FindingsError` of code `damaged`, `fileSystem`.
    /// - Complexity: O(bytes of the file).
    func check(_ file: RunFile) throws {
        let filePath = "\(path)/\(file.name)"
        guard let digest = manifest.digest(of: file) else {
            throw FindingsError(.damaged, "run.json does not name it; scan the corpus again", place: filePath)
        }
        guard try FileDigest(ofFile: filePath) == digest else {
            throw FindingsError(
                .damaged, "was changed after the run was written; scan the corpus again", place: filePath)
        }
    }

    /// A value of the effective configuration.
    func setting(_ name: String) -> JSONValue? {
        guard case .object(let fields) = manifest.configuration else { return nil }
        return fields[name]
    }

    /// The rows that the plan keeps.
    ///
    /// - Throws: `FindingsError` of code `damaged`.
    func keptRows() throws -> RowSetDigest {
        guard
            let kept = RowSetDigest(
                hexadecimal: manifest.rowSetDigest.kept, rowCount: summary.rows.kept)
        else {
            throw FindingsError(.damaged, "holds no rowSetDigest; scan again", place: "\(path)/run.json")
        }
        return kept
    }

    /// Quarantined rows that the run allowed.
    var maximumBadRows: Int { setting("maxBadRows")?.integer ?? 0 }

    /// The caps that the shards were read with.
    var limits: ReadLimits {
        var limits = ReadLimits()
        guard case .object(let fields) = setting("limits") else { return limits }
        limits.maxRowBytes = fields["maxRowBytes"]?.integer ?? limits.maxRowBytes
        limits.maxNesting = fields["maxNesting"]?.integer ?? limits.maxNesting
        limits.maxWindowLog = fields["maxWindowLog"]?.integer ?? limits.maxWindowLog
        limits.maxRatio = fields["maxRatio"]?.integer ?? limits.maxRatio
        return limits
    }

    /// `--format`, where the run was given it.
    var format: ShardFormat? { setting("format")?.string.flatMap { ShardFormat(rawValue: $0) } }

    /// The gates that the run was judged by.
    ///
    /// - Throws: `FindingsError` of code `damaged`.
    func gates() throws -> [Gate] {
        guard case .array(let values) = setting("gates") else { return [] }
        return try values.map { value in
            guard case .object(let fields) = value, let limit = fields["limit"]?.number,
                let name = fields["name"]?.string.flatMap({ GateName(rawValue: $0) })
            else {
                throw FindingsError(
                    .damaged, "names a gate that this version does not know", place: "\(path)/run.json")
            }
            switch name {
            case .maxDrop: return try Gate.maxDrop(limit)
            case .maxDropPerSlice:
                return try Gate.maxDropPerSlice(SliceSelector(fields["slice"]?.string ?? ""), limit)
            case .maxOverlapItems:
                return try Gate.maxOverlapItems(fields["slice"]?.string.map { SliceSelector($0) }, limit)
            case .maxAucRegister: return try Gate.maxAucRegister(limit)
            case .maxUncoveredShare: return try Gate.maxUncoveredShare(limit)
            case .maxFeatureDelta:
                return try Gate.maxFeatureDelta(fields["slice"]?.string ?? "", limit)
            }
        }
    }

    /// The corpus's shards with what the run found in each, ordered by name.
    func inputs(of corpus: String) -> [RunManifest.Input] { manifest.inputs.filter { $0.corpus == corpus } }
}

extension JSONValue {
    var integer: Int? {
        guard case .integer(let value) = self else { return nil }
        return value
    }

    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .decimal(let value): value
        default: nil
        }
    }

    var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }
}
