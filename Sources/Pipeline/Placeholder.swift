public let pipelinePlaceholder = 0
