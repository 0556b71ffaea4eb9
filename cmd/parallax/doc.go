// Parallax.
package main
