import Glibc

/// erfc of the C library.
func complementaryErrorFunction(_ value: Double) -> Double { erfc(value) }
