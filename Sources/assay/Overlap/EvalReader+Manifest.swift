import Findings

extension EvalReader {
    /// The eval files as inputs of a manifest.
    var manifestInputs: [RunManifest.Input] {
        sources.map { source in
            var input = RunManifest.Input()
            input.corpus = "\(source.isControl ? "control" : "eval"):\(source.set)"
            input.name = source.shard?.name ?? String(source.path.split(separator: "/").last ?? "")
            input.bytes = source.bytes
            input.sha256 = source.sha256
            input.rows = source.items
            return input
        }
    }

    /// Where they lie, for a run's log.
    var logInputs: [RunLog.Input] {
        sources.map { source in
            RunLog.Input(
                corpus: "\(source.isControl ? "control" : "eval"):\(source.set)",
                name: source.shard?.name ?? String(source.path.split(separator: "/").last ?? ""),
                path: ProcessFacts.absolute(source.path))
        }
    }
}
