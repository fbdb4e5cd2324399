/**
 * Whose code a frame is. Runtimes, frameworks and well-known libraries by prefix or path; all else is the user's own.
 * A library that is missing here only makes a fingerprint a little longer.
 */
export type FrameLanguage = 'java' | 'node' | 'dotnet' | 'python' | 'go' | 'ruby';

/** Package prefixes of the JVM's runtime, its frameworks, drivers and instrumentation. */
const JAVA = [
  'java.', 'javax.', 'jakarta.', 'jdk.', 'sun.', 'com.sun.', 'kotlin.', 'kotlinx.', 'scala.', 'groovy.', 'clojure.', 'akka.', 'play.', 'reactor.', 'feign.',
  'org.springframework.', 'org.apache.', 'org.hibernate.', 'org.eclipse.', 'org.jboss.', 'org.postgresql.', 'org.mariadb.', 'org.aspectj.', 'org.slf4j.',
  'org.junit.', 'org.mockito.', 'org.codehaus.', 'org.mybatis.', 'org.redisson.', 'org.h2.', 'org.quartz.', 'org.thymeleaf.', 'org.glassfish.', 'org.elasticsearch.client.',
  'ch.qos.logback.', 'com.zaxxer.hikari.', 'com.mysql.', 'com.microsoft.sqlserver.', 'oracle.jdbc.', 'com.fasterxml.', 'com.mongodb.', 'com.rabbitmq.',
  'com.amazonaws.', 'software.amazon.', 'com.azure.', 'com.netflix.', 'com.google.common.', 'com.google.inject.', 'com.google.gson.', 'com.google.protobuf.',
  'io.netty.', 'io.grpc.', 'io.undertow.', 'io.vertx.', 'io.lettuce.', 'io.micrometer.', 'io.opentelemetry.', 'io.reactivex.', 'io.github.resilience4j.',
  'io.quarkus.', 'io.micronaut.', 'io.ktor.', 'redis.clients.', 'okhttp3.', 'okio.', 'retrofit2.', 'net.bytebuddy.', 'net.sf.cglib.', 'brave.', 'zipkin2.',
];
const DOTNET = ['System.', 'Microsoft.', 'lambda_method', 'Npgsql.', 'MySql.', 'MySqlConnector.', 'Dapper.', 'Newtonsoft.', 'StackExchange.', 'Polly.', 'Grpc.', 'MediatR.', 'Serilog.', 'MassTransit.', 'RabbitMQ.'];
/** The standard library and Go's own extensions. */
const GO = [
  'runtime.', 'runtime/', 'net.', 'net/', 'database/', 'encoding/', 'io.', 'io/', 'os.', 'os/', 'reflect.', 'sync.', 'sync/', 'syscall.', 'testing.', 'context.',
  'crypto/', 'fmt.', 'bufio.', 'bytes.', 'log.', 'log/', 'time.', 'strings.', 'strconv.', 'sort.', 'errors.', 'internal/', 'vendor/', 'golang.org/', 'google.golang.org/', 'panic',
];
const PYTHON_PATHS = ['site-packages/', 'dist-packages/', '/lib/python', '\\lib\\', '<frozen ', '<string>', '<stdin>'];
const NODE_PATHS = ['node_modules', 'node:', 'internal/', '<anonymous>'];
const GO_PATHS = ['/pkg/mod/', '/vendor/', '/usr/local/go/src/', '/libexec/src/'];
const RUBY_PATHS = ['/gems/', '/lib/ruby/', '<internal:'];

const starts = (text: string, prefixes: readonly string[]): boolean => prefixes.some((prefix) => text.startsWith(prefix));
const contains = (text: string, parts: readonly string[]): boolean => parts.some((part) => text.includes(part));

/** `text` is the frame's name, `place` its file or the whole frame. */
export const isOwnFrame = (language: FrameLanguage, text: string, place: string): boolean => {
  switch (language) {
    case 'java': return !starts(text, JAVA) && !place.includes('<generated>');
    case 'dotnet': return !starts(text, DOTNET);
    case 'python': return !contains(place, PYTHON_PATHS);
    case 'node': return !contains(place, NODE_PATHS);
    case 'go': return !starts(text, GO) && !contains(place, GO_PATHS);
    case 'ruby': return !contains(place, RUBY_PATHS);
    default: return true;
  }
};
