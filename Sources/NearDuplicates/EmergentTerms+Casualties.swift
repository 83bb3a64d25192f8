/// The passes over casualties that lose text.
extension EmergentTerms {
    /// The terms of casualties that lose text, counted in those alone; terms of one casualty are left out.
    ///
    /// - Returns: the counts, and the occurrences below which terms were left out.
    func candidates() throws -> (TermCounts, least: Int) {
        let filter = try countedFilter()
        var least = 2
        while true {
            try forEachCasualty { worker, row, conversation, terms in
                worker.counts.addCasualty(
                    terms, occurring: least, in: filter, limit: maximumTerms, row: UInt32(row),
                    conversation: conversation, textLost: verdicts.casualty(row)?.textLost ?? 0)
            }
            // Whether the cap was met depends on the terms alone, not on how threads shared them.
            var merged = TermCounts()
            for (place, worker) in workers.enumerated() {
                // The first table is taken over as it is; each is given up, merged or not.
                let part = worker.counts
                worker.counts = TermCounts()
                if place == 0 { merged = part } else if merged.count <= maximumTerms { merged.merge(part) }
            }
            if merged.count <= maximumTerms || least >= 1 << 15 { return (merged, least) }
            least *= 2
        }
    }

    /// How often each term may occur in casualties that lose text, at least.
    private func countedFilter() throws -> TermFilter {
        let losing = (0..<table.rowCount).lazy.filter { losesText($0) }.count
        try forEachCasualty { worker, _, _, terms in
            var filter = worker.filter ?? TermFilter(expecting: losing * Self.termsOfRow)
            worker.filter = nil
            for term in terms { filter.add(term) }
            worker.filter = filter
        }
        var merged: TermFilter?
        for worker in workers {
            if let filter = worker.filter {
                merged?.merge(filter)
                if merged == nil { merged = filter }
            }
            worker.filter = nil
        }
        return merged ?? TermFilter(expecting: 0)
    }

    /// The rows of the casualties that hold each term, and the terms' text.
    func describe(_ terms: [(hash: UInt64, entry: TermCounts.Entry)]) throws -> [Candidate] {
        let places = TermPlaces(terms.map(\.hash))
        try forEachCasualty { worker, row, _, met in
            let found = worker.described ?? TermRows(count: terms.count)
            worker.described = found
            var isNamed = true
            for hash in met where places.bits.contains(hash) {
                guard let place = places[hash] else { continue }
                if found.names[place].isEmpty { isNamed = false }
                found.add(UInt32(row), to: place)
            }
            if !isNamed { try name(places, in: row, found, worker) }
        }
        let described = TermRows(count: terms.count)
        for worker in workers { if let rows = worker.described { described.merge(rows) } }
        return terms.indices.map { place in
            let entry = terms[place].entry
            return Candidate(
                hash: terms[place].hash, term: described.names[place],
                loss: TermLoss(
                    term: described.names[place], before: Int(entry.removed) + Int(entry.kept),
                    removed: Int(entry.removed),
                    textLost: Double(entry.textLost) / Double(max(1, entry.removed))),
                casualties: described.rows(of: place))
        }
    }

    /// Reads a row for the text of the terms that have none yet.
    private func name(_ places: TermPlaces, in row: Int, _ found: TermRows, _ worker: Worker) throws {
        let record = try table.record(row, buffer: &worker.copyBuffer)
        worker.reader.read(record.text, wanted: places.bits) { met in
            for term in met {
                guard let place = places[term.hash], found.names[place].isEmpty else { continue }
                found.name(place, worker.reader.text(of: term))
            }
        }
    }

    /// Calls `body` with each casualty that loses text, its conversation and its terms.
    ///
    /// - Complexity: O(bytes of the rows), O(terms) of those that are kept since a pass before.
    private func forEachCasualty(
        _ body: (Worker, Int, _ conversation: UInt32, UnsafeBufferPointer<UInt64>) throws -> Void
    ) throws {
        try forEachBlock { worker, index in
            if let known = try casualtyTerms.terms(of: index, buffer: &worker.buffer) {
                return try RowTerms.forEach(of: known, terms: worker.joined) { try body(worker, $0, $1, $2) }
            }
            worker.casualtyTerms.removeAll()
            try table.forEachRecord(of: table.blocks[index], buffer: &worker.buffer, where: losesText) {
                row, record in
                worker.casualtyTerms.begin(
                    row: row, conversation: TermReader.conversation(of: record, row: row))
                worker.reader.readWords(record.text) { worker.casualtyTerms.add($0) }
            }
            let read = worker.casualtyTerms
            try read.numbers.withUnsafeBufferPointer { numbers in
                try RowTerms.forEach(of: numbers, terms: worker.joined) { try body(worker, $0, $1, $2) }
            }
            casualtyTerms.keep(read, of: index)
        }
    }
}
