/// Rates of features in corpora that we measured ourselves, to read other rates by.
package struct ReferenceRates: Sendable {
    /// One rate of one corpus.
    package struct Rate: Sendable, Equatable {
        package var corpus: String
        package var role: String
        package var turns: Int
        package var rate: Double
    }

    private var rates: [String: [Rate]] = [:]

    /// The rates that come with the program.
    package static let own = ReferenceRates(PackageResources.references_tsv)

    init(_ bytes: [UInt8]) {
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
            let fields = line.split(separator: "\t").map(String.init)
            guard fields.count == 5, let turns = Int(fields[3]), let rate = Double(fields[4]) else {
                continue
            }
            rates[fields[2], default: []].append(
                Rate(corpus: fields[0], role: fields[1], turns: turns, rate: rate))
        }
    }

    /// The rate of a feature in turns of a role.
    package func rate(_ feature: String, _ role: ProfileRole) -> Rate? {
        let name = role == .text ? "user" : role.name
        return rates[feature]?.first { $0.role == name }
    }
}
