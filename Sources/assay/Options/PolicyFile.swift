import Corpus
import Findings

/// A YAML file of gates: `dedup.max_drop: 0.2`, `dedup.max_drop_per_slice: {queue: 0.5, "tone=hostile": 0.1}`,
/// `eval.max_overlap_items: {gsm8k: 0, "mmlu=verbatim": 3}` or one number for all sets,
/// `comparison.max_auc_register: 0.8`, `comparison.max_uncovered_share: 0.1`,
/// `comparison.max_feature_delta: {lower-case-start: 0.3}`.
enum PolicyFile {
    private static let names = GateName.allCases.map(\.rawValue).joined(separator: ", ")

    static func gates(path: String) throws -> [Gate] {
        var gates: [Gate] = []
        for (key, value) in try ConfigFile.read(path).sorted(by: { $0.key < $1.key }) {
            guard let name = GateName(rawValue: key) else {
                throw UsageError("\(path): there is no gate \(key); gates are \(names)")
            }
            switch name {
            case .maxDrop: gates.append(try Gate.maxDrop(try share(value, key, path)))
            case .maxDropPerSlice:
                guard let slices = value as? [String: Any] else {
                    throw UsageError("\(path): \(key) takes slices and their limits, as in {queue: 0.5}")
                }
                for (slice, limit) in slices.sorted(by: { $0.key < $1.key }) {
                    gates.append(
                        try Gate.maxDropPerSlice(SliceSelector(slice), try share(limit, slice, path)))
                }
            case .maxOverlapItems:
                guard let scopes = value as? [String: Any] else {
                    gates.append(try Gate.maxOverlapItems(nil, try share(value, key, path)))
                    continue
                }
                for (scope, limit) in scopes.sorted(by: { $0.key < $1.key }) {
                    gates.append(
                        try Gate.maxOverlapItems(SliceSelector(scope), try share(limit, scope, path)))
                }
            case .maxAucRegister: gates.append(try Gate.maxAucRegister(try share(value, key, path)))
            case .maxUncoveredShare: gates.append(try Gate.maxUncoveredShare(try share(value, key, path)))
            case .maxFeatureDelta:
                guard let features = value as? [String: Any] else {
                    throw UsageError(
                        "\(path): \(key) takes features and their limits, as in {lower-case-start: 0.3}")
                }
                for (feature, limit) in features.sorted(by: { $0.key < $1.key }) {
                    gates.append(try Gate.maxFeatureDelta(feature, try share(limit, feature, path)))
                }
            }
        }
        if gates.isEmpty {
            throw UsageError("\(path): holds no gate; gates are \(names)")
        }
        return gates
    }

    private static func share(_ value: Any, _ key: String, _ path: String) throws -> Double {
        if let number = value as? Double { return number }
        if let number = value as? Int { return Double(number) }
        throw UsageError("\(path): \(key) takes a share from 0 to 1")
    }
}
