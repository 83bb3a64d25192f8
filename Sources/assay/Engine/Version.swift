import Findings
import Shards
import TextForms

/// Versions of the tool and of what can change its results.
enum Version {
    static let tool = "0.1.0"

    static let components: [RunManifest.Component] =
        TextFormsVersions.all.map { RunManifest.Component(name: $0.name, version: $0.version) }
        + DecoderVersions.all.map { RunManifest.Component(name: $0.name, version: $0.version) }
}
