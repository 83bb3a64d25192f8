extension RunStoreWriter {
    /// Adds the tables of a comparison in the order of the report.
    ///
    /// - Throws: `library`, `fileSystem`, `closed`.
    package func addComparison(_ figures: ComparisonFigures) throws {
        try insert(
            into: "comparison_features", columnCount: 10, Array(figures.features.enumerated())
        ) { insert, item in
            let feature = item.element
            insert.bind(1, item.offset)
            insert.bind(2, feature.id)
            insert.bind(3, feature.kind)
            insert.bind(4, feature.left.mean)
            insert.bind(5, feature.right.mean)
            insert.bind(6, feature.delta)
            insert.bind(7, feature.ks)
            insert.bind(8, feature.h)
            insert.bind(9, feature.q)
            insert.bind(10, feature.stands ? 1 : 0)
        }
        try insert(
            into: "comparison_terms", columnCount: 5, Array(figures.terms.enumerated())
        ) { insert, item in
            insert.bind(1, item.offset)
            insert.bind(2, item.element.term)
            insert.bind(3, item.element.leftRows)
            insert.bind(4, item.element.rightRows)
            insert.bind(5, item.element.z)
        }
        try addGroups(figures.uncovered, side: figures.right.name)
        try addGroups(figures.unseen, side: figures.left.name)
        try insert(
            into: "comparison_shapes", columnCount: 5, Array(figures.shapes.enumerated())
        ) { insert, item in
            insert.bind(1, item.offset)
            insert.bind(2, item.element.id)
            insert.bind(3, item.element.leftShare)
            insert.bind(4, item.element.rightShare)
            insert.bind(5, item.element.isMissing ? 1 : 0)
        }
    }

    private func addGroups(_ groups: [ComparisonFigures.Group], side: String) throws {
        try insert(into: "comparison_groups", columnCount: 12, Array(groups.enumerated())) { insert, item in
            let group = item.element
            insert.bind(1, item.offset)
            insert.bind(2, side)
            insert.bind(3, group.field)
            insert.bind(4, group.value)
            insert.bind(5, group.rows)
            insert.bind(6, group.share)
            insert.bind(7, group.nearest)
            insert.bind(8, group.matchedNearest)
            insert.bind(9, group.ownNearest)
            insert.bind(10, group.z)
            insert.bind(11, group.stands ? 1 : 0)
            insert.bind(12, group.otherRows)
        }
    }
}
