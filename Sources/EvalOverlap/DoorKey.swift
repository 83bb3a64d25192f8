import CText

/// Something that a training row and an eval item may have in common beside their text: an identity, a turn, the
/// beginning of a conversation.
package struct DoorKey: Sendable, Hashable {
    package enum Kind: UInt8, Sendable, CaseIterable {
        /// The value of an `--identity` field.
        case field
        /// Identities in text.
        case email, orderNumber, url
        /// A turn of eight words or more, and two turns or more from the beginning on.
        case turn, history
    }

    package var kind: Kind
    /// Of kind, field and value.
    package var hash: UInt64
    /// What an identity is; empty for turns.
    package var value: [UInt8]

    /// - Parameter field: the place of an `--identity` field.
    package init(_ kind: Kind, value: [UInt8], field: Int = 0) {
        self.kind = kind
        self.value = value
        hash = Self.hash(kind, value, field: field)
    }

    package init(_ kind: Kind, hash: UInt64) {
        self.kind = kind
        self.hash = hash
        value = []
    }

    static func hash(_ kind: Kind, _ value: [UInt8], field: Int = 0) -> UInt64 {
        value.withUnsafeBytes {
            ctext_xxh3_64($0.baseAddress, $0.count, UInt64(kind.rawValue) << 32 | UInt64(field))
        }
    }
}
