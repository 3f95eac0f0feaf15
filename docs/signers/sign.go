// SIGNING_KEY=... go run sign.go GET 'https://qr.example.com/api/qr/generate?data=hello' [file of the body]
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"sort"
	"strings"
)

var ignored = regexp.MustCompile(`^(utm_.*|_|cb|v|t|sig)$`)

func encode(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }

func Sign(method, address string, key, body []byte) (string, error) {
	parsed, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	values, err := url.ParseQuery(parsed.RawQuery)
	if err != nil {
		return "", err
	}
	names, several := []string{}, map[string][]string{}
	for name := range values {
		if !ignored.MatchString(name) {
			names = append(names, encode(name))
			several[encode(name)] = values[name]
		}
	}
	sort.Strings(names)
	pairs := []string{}
	for _, name := range names {
		for _, value := range several[name] {
			pairs = append(pairs, name+"="+encode(value))
		}
	}
	lines := []string{strings.Replace(method, "HEAD", "GET", 1), parsed.EscapedPath(), strings.Join(pairs, "&")}
	if len(body) > 0 {
		digest := sha256.Sum256(body)
		lines = append(lines, hex.EncodeToString(digest[:]))
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(strings.Join(lines, "\n")))
	mark := map[bool]string{true: "?", false: "&"}[parsed.RawQuery == ""]
	return address + mark + "sig=" + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)), nil
}

func main() {
	body := []byte{}
	if len(os.Args) > 3 {
		body, _ = os.ReadFile(os.Args[3])
	}
	signed, err := Sign(os.Args[1], os.Args[2], []byte(os.Getenv("SIGNING_KEY")), body)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(signed)
}
