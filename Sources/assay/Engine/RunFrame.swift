import Findings
import Glibc

/// What every run that reads a corpus has around its work: a folder that appears whole or not at all, scratch, phases,
/// the manifest and the log.
final class RunFrame {
    let folder: RunFolder
    let scratch: Scratch
    let progress: Progress
    let threads: Int
    private let verb: String
    private let arguments: [String]
    private var log = RunLog()
    private var phaseStart = (wall: Progress.now(), cpu: ProcessFacts.cpuSeconds())

    /// Bytes that the run stays below; `nil` where it has no such bound.
    var memoryLimit: Int?
    /// The most bytes that lay in scratch.
    var peakScratch: Int?

    private init(
        _ verb: String, _ arguments: [String], folder: RunFolder, scratch: Scratch, progress: Progress,
        threads: Int
    ) {
        self.verb = verb
        self.arguments = arguments
        self.folder = folder
        self.scratch = scratch
        self.progress = progress
        self.threads = threads
    }

    /// Runs `body` in a frame; what it leaves unfinished is removed.
    ///
    /// - Parameter firstInput: gives the folder its name where no option does.
    /// - Throws: `FindingsError`, `ScratchError`, and what `body` throws.
    static func run<Result>(
        _ verb: String, firstInput: String?, arguments: [String], threads: Int, options: RunOptions,
        body: (RunFrame) throws -> Result
    ) throws -> Result {
        let started = ProcessFacts.now()
        let name: RunFolder.Name =
            options.out.map { .path($0) }
            ?? .automatic(
                parent: RunFolder.defaultParent, verb: verb, firstShard: firstInput ?? "run")
        let folder = try Cleanup.making(
            { try RunFolder(name, force: options.force, processID: getpid()) }, at: \.partialPath)
        defer { Cleanup.unregister(folder.partialPath) }
        let scratch = try Scratch(beside: folder.partialPath, chosen: options.scratch)
        defer { scratch.remove() }
        let frame = RunFrame(
            verb, arguments, folder: folder, scratch: scratch, progress: Progress(isQuiet: options.quiet),
            threads: threads)
        frame.log.started = started
        return try body(frame)
    }

    func endPhase(_ name: String) {
        let now = (wall: Progress.now(), cpu: ProcessFacts.cpuSeconds())
        log.phases.append(
            RunLog.Phase(
                name: name, seconds: now.wall - phaseStart.wall, cpuSeconds: now.cpu - phaseStart.cpu))
        phaseStart = now
    }

    /// Writes summary, page, manifest and log, and gives the folder its name.
    ///
    /// - Parameters:
    ///   - manifest: what the run knows of its inputs, settings and rows; the rest is filled in.
    ///   - digests: of the files that are written already.
    ///   - logInputs: where the inputs lay.
    /// - Returns: the folder's path.
    /// - Throws: `FindingsError`, `UsageError`.
    func commit(
        _ summary: RunSummary, _ manifest: RunManifest, digests: [(file: RunFile, digest: FileDigest)],
        logInputs: [RunLog.Input], notes: [String]
    ) throws -> String {
        var manifest = manifest
        manifest.command = verb
        manifest.tool = RunManifest.Component(name: "assay", version: Version.tool)
        manifest.components = Version.components + manifest.components
        manifest.complete = summary.complete
        manifest.outputs = digests.map { RunManifest.Output(name: $0.file.name, digest: $0.digest) }
        let digest = try folder.write(try summary.encoded(), to: .summary)
        manifest.outputs.append(RunManifest.Output(name: RunFile.summary.name, digest: digest))
        try RunEnd.write(manifest, to: folder)
        log.inputs = logInputs
        log.notes = notes
        try writeLog()
        scratch.remove()
        let path = try folder.commit()
        progress.end()
        return path
    }

    private func writeLog() throws {
        log.finished = ProcessFacts.now()
        log.arguments = arguments
        log.workingFolder = ProcessFacts.workingFolder()
        log.host = ProcessFacts.hostName()
        log.threads = threads
        if let memoryLimit { log.memoryLimit = memoryLimit }
        if let peakScratch { log.peakScratch = peakScratch }
        log.peakMemory = ProcessFacts.peakMemory()
        log.scratchFolder = scratch.path
        try folder.write(try log.encoded(), to: .log)
    }
}
