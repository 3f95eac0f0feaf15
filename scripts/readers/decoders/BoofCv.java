// BoofCV: `java -cp PyBoof-all.jar BoofCv.java` reads each picture whose path comes in, until no more come.

import boofcv.BoofVersion;
import boofcv.abst.fiducial.QrCodeDetector;
import boofcv.alg.fiducial.qrcode.QrCode;
import boofcv.factory.fiducial.ConfigQrCode;
import boofcv.factory.fiducial.FactoryFiducial;
import boofcv.struct.image.GrayU8;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class BoofCv {
    // A PGM of Pillow's: four words, then the pixels.
    private static final Pattern HEAD = Pattern.compile("^P5\\s+(\\d+)\\s+(\\d+)\\s+255\\s");

    public static void main(String[] arguments) throws Exception {
        QrCodeDetector<GrayU8> detector = FactoryFiducial.qrcode(new ConfigQrCode(), GrayU8.class);
        System.out.println(BoofVersion.VERSION);
        BufferedReader paths = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String path = paths.readLine(); path != null; path = paths.readLine()) {
            List<String> texts = new ArrayList<>();
            try {
                detector.process(open(path));
                for (QrCode code : detector.getDetections()) {
                    texts.add(quote(code.message));
                }
            } catch (RuntimeException error) {
                // A picture that it stumbles over is one that it does not read.
            }
            System.out.println("[" + String.join(", ", texts) + "]");
            System.out.flush();
        }
    }

    private static GrayU8 open(String path) throws Exception {
        byte[] file = Files.readAllBytes(Path.of(path));
        Matcher head = HEAD.matcher(new String(file, 0, Math.min(64, file.length), StandardCharsets.ISO_8859_1));
        if (!head.find()) {
            throw new IllegalArgumentException(path);
        }
        int width = Integer.parseInt(head.group(1));
        int height = Integer.parseInt(head.group(2));
        GrayU8 picture = new GrayU8(width, height);
        System.arraycopy(file, head.end(), picture.data, 0, width * height);
        return picture;
    }

    // In ASCII, whatever the terminal's character set.
    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char letter : text.toCharArray()) {
            boolean plain = letter >= ' ' && letter < 127 && letter != '"' && letter != '\\';
            quoted.append(plain ? String.valueOf(letter) : String.format("\\u%04x", (int) letter));
        }
        return quoted.append('"').toString();
    }
}
