extension RunSummary {
    /// As the properties stand, but for the figures of a detector that did not run, which have no key.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(schemaVersion, forKey: .schemaVersion)
        try container.encode(complete, forKey: .complete)
        try container.encode(rows, forKey: .rows)
        try container.encode(withoutText, forKey: .withoutText)
        try container.encode(shards, forKey: .shards)
        try container.encode(nearDuplicates, forKey: .nearDuplicates)
        if let evalOverlap { try container.encode(evalOverlap, forKey: .evalOverlap) }
        if let languageProfile { try container.encode(languageProfile, forKey: .languageProfile) }
        if let comparison { try container.encode(comparison, forKey: .comparison) }
        try container.encode(gates, forKey: .gates)
        try container.encode(causes, forKey: .causes)
    }
}
