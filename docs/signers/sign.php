<?php // SIGNING_KEY=... php sign.php GET 'https://qr.example.com/api/qr/generate?data=hello' [file of the body]

function sign(string $method, string $url, string $key, string $body = ''): string
{
    $query = (string) parse_url($url, PHP_URL_QUERY);
    $pairs = [];
    foreach (array_filter(explode('&', $query), 'strlen') as $part) {
        [$name, $value] = array_map('rawurlencode', array_map('urldecode', explode('=', $part, 2) + [1 => '']));
        if (!preg_match('/^(utm_.*|_|cb|v|t|sig)$/D', $name)) {
            $pairs[] = ['name' => $name, 'text' => "$name=$value"];
        }
    }
    usort($pairs, fn ($one, $other) => strcmp($one['name'], $other['name']));
    $lines = [$method === 'HEAD' ? 'GET' : $method, parse_url($url, PHP_URL_PATH), implode('&', array_column($pairs, 'text'))];
    if ($body !== '') {
        $lines[] = hash('sha256', $body);
    }
    $mac = hash_hmac('sha256', implode("\n", $lines), $key, true);
    return $url . ($query === '' ? '?' : '&') . 'sig=' . rtrim(strtr(base64_encode($mac), '+/', '-_'), '=');
}

if (realpath($argv[0]) === __FILE__) {
    echo sign($argv[1], $argv[2], getenv('SIGNING_KEY'), isset($argv[3]) ? file_get_contents($argv[3]) : ''), "\n";
}
