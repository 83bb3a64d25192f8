import Glibc

/// Where the Parquet plug-in may lie, in the order in which it is looked for.
enum ParquetPlaces {
    /// Names the library's file, before every other place.
    static let variable = "ASSAY_PARQUET_PLUGIN"
    private static let fileName = "libassay_parquet.so"
    private static let folderInCheckout = ".deps/parquet"

    /// The variable's path; beside the program; in `lib/assay` beside its folder, where `make install` puts it; in
    /// `.deps/parquet` of the checkout that the program was built in.
    static func all() -> [String] {
        if let given = getenv(variable), given.pointee != 0 { return [String(cString: given)] }
        guard let program = realpath("/proc/self/exe", nil) else { return [] }
        defer { free(program) }
        var places: [String] = []
        var folder = String(cString: program)[...]
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            if places.isEmpty {
                places += ["\(folder)/\(fileName)", "\(folder)/../lib/assay/\(fileName)"]
            }
            places.append("\(folder)/\(folderInCheckout)/\(fileName)")
        }
        return places
    }
}
