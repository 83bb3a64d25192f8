import Corpus
import Findings

/// A field mapping as it stands in a run's configuration, so that rows of the run can be mapped again.
enum MappingRecord {
    /// The distinct mappings of the shards, and each shard's place among them.
    static func values(of mappings: [FieldMapping]) -> (mappings: JSONValue, ofShards: JSONValue) {
        var places: [FieldMapping: Int] = [:]
        var distinct: [JSONValue] = []
        let ofShards = mappings.map { mapping -> JSONValue in
            if let known = places[mapping] { return .integer(known) }
            places[mapping] = distinct.count
            distinct.append(value(of: mapping))
            return .integer(distinct.count - 1)
        }
        return (.array(distinct), .array(ofShards))
    }

    /// The mapping of each shard by the configuration of its run; `nil` where it is not one of ours.
    static func mappings(in configuration: JSONValue) -> [FieldMapping]? {
        guard case .object(let fields) = configuration, case .array(let records)? = fields["mappings"],
            case .array(let places)? = fields["mappingOfShard"]
        else { return nil }
        let distinct = records.map(mapping)
        var result: [FieldMapping] = []
        for place in places {
            guard case .integer(let index) = place, distinct.indices.contains(index),
                let mapping = distinct[index]
            else { return nil }
            result.append(mapping)
        }
        return result
    }

    private static func value(of mapping: FieldMapping) -> JSONValue {
        var fields: [String: JSONValue] = [
            "summary": .string(mapping.summary), "shape": .string(mapping.shape.rawValue),
            "uses": .object(mapping.uses.mapValues { .string(name(of: $0)) }),
            "nested": .array(
                mapping.nested.map { field in
                    .object([
                        "path": .string(field.path.description), "role": .string(field.role.name),
                        "order": .integer(field.order),
                    ])
                }),
            "explicit": .bool(mapping.isExplicit),
        ]
        if !mapping.nestedLabels.isEmpty {
            fields["nestedLabels"] = .array(mapping.nestedLabels.map { .string($0.description) })
        }
        if let tags = mapping.tags {
            fields["tags"] = .object([
                "role": .string(tags.roleKey), "content": .string(tags.contentKey),
                "roles": .object(tags.roles.mapValues { .string($0.name) }),
            ])
        }
        return .object(fields)
    }

    private static func mapping(_ value: JSONValue) -> FieldMapping? {
        guard let shape = value["shape"]?.string.flatMap({ FieldMapping.Shape(rawValue: $0) }),
            case .object(let uses)? = value["uses"], case .array(let nested)? = value["nested"],
            case .bool(let isExplicit)? = value["explicit"]
        else { return nil }
        var mapping = FieldMapping(shape: shape, uses: [:], isExplicit: isExplicit)
        for (field, use) in uses {
            guard let known = use.string.flatMap(Self.use) else { return nil }
            mapping.uses[field] = known
        }
        for field in nested {
            guard let path = field["path"]?.string, let role = field["role"]?.string.flatMap(Self.role),
                case .integer(let order)? = field["order"]
            else { return nil }
            mapping.nested.append(FieldMapping.NestedField(path: FieldPath(path), role: role, order: order))
        }
        if let labels = value["nestedLabels"] {
            guard case .array(let paths) = labels else { return nil }
            for path in paths {
                guard let path = path.string else { return nil }
                mapping.nestedLabels.append(FieldPath(path))
            }
        }
        if let tags = value["tags"] {
            guard let role = tags["role"]?.string, let content = tags["content"]?.string,
                case .object(let roles)? = tags["roles"]
            else { return nil }
            mapping.tags = ChatTags(
                roleKey: role, contentKey: content,
                roles: roles.compactMapValues { $0.string.flatMap(Self.role) })
        }
        return mapping
    }

    private static func role(_ name: String) -> Role? { Role.allCases.first { $0.name == name } }

    private static let plainUses: [(name: String, use: FieldMapping.Use)] = [
        ("chat", .chat), ("history", .history), ("system", .system), ("tools", .tools), ("chosen", .chosen),
        ("rejected", .rejected), ("label", .label), ("conversation", .conversation), ("media", .media),
        ("choices", .choices),
    ]

    /// `user 0` for a turn of that role and order.
    private static func name(of use: FieldMapping.Use) -> String {
        if case .turn(let role, let order) = use { return "\(role.name) \(order)" }
        return plainUses.first { $0.use == use }?.name ?? ""
    }

    private static func use(_ name: String) -> FieldMapping.Use? {
        if let plain = plainUses.first(where: { $0.name == name }) { return plain.use }
        let parts = name.split(separator: " ")
        guard parts.count == 2, let role = role(String(parts[0])), let order = Int(parts[1]) else {
            return nil
        }
        return .turn(role, order: order)
    }
}

extension JSONValue {
    /// A field of an object.
    subscript(name: String) -> JSONValue? {
        guard case .object(let fields) = self else { return nil }
        return fields[name]
    }
}
