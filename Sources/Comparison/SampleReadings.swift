import Pipeline

/// The readings of all sampled rows, by several threads.
enum SampleReadings {
    private static let blockRows = 128

    /// - Parameter makeMarker: makes another reader's marks for a thread; `nil` where there is none.
    /// - Throws: `TextFormsError`, and what `makeMarker` throws.
    /// - Complexity: O(bytes).
    static func read(
        _ rows: [SampledRow], threads: Int, makeMarker: (() throws -> any RowMarking)?
    ) throws -> (list: FeatureList, readings: [RowReading]) {
        let markers = try (0..<max(1, threads)).map { _ in try makeMarker?() }
        let list = FeatureList(marks: markers.first??.names ?? [])
        let tools = Tools(readers: try markers.map { try SampledRowReader(features: list, marker: $0) })
        let blocks = (rows.count + blockRows - 1) / blockRows
        let slots = WorkerSlots<[RowReading]>(count: blocks)
        try parallelFor(blocks, threads: threads) { worker, block in
            let range = block * blockRows..<min(rows.count, (block + 1) * blockRows)
            slots.set(block, range.map { tools.readers[worker].read(rows[$0]) })
        }
        return (list, slots.values.flatMap { $0 })
    }

    private struct Tools: @unchecked Sendable {  // each worker uses its own element
        let readers: [SampledRowReader]
    }
}
