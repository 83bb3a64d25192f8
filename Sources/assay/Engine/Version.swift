import Findings
import Shards
import TextForms

/// Versions of the tool and of what can change its results.
enum Version {
    static let tool = "0.1.0"

    /// Asked for at the end of a run: Arrow counts where it was loaded.
    static var components: [RunManifest.Component] {
        [
            RunManifest.Component(name: "ICU", version: UnicodeVersion.library),
            RunManifest.Component(name: "Unicode", version: UnicodeVersion.standard),
        ] + DecoderVersions.all.map { RunManifest.Component(name: $0.name, version: $0.version) }
    }
}
