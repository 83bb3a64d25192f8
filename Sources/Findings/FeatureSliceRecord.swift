/// Turns of one role of a slice with a feature, in the store.
package struct FeatureSliceRecord: Sendable, Equatable {
    package var feature: String
    package var slice: SliceValue
    package var role: String
    package var turns: Int
    package var hits: Int

    package init(feature: String, slice: SliceValue, role: String, turns: Int, hits: Int) {
        self.feature = feature
        self.slice = slice
        self.role = role
        self.turns = turns
        self.hits = hits
    }
}
